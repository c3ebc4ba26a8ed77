import { CircleAlert, CircleCheck, CircleX } from 'lucide-react'

/** Whether something that was expected is so; what only warns is told from what fails. */
export function OutcomeMark({ success, severity }: { success: boolean; severity: string }) {
  const Icon = success ? CircleCheck : severity === 'warning' ? CircleAlert : CircleX
  const tone = success ? 'text-good' : severity === 'warning' ? 'text-warn' : 'text-bad'
  const word = success ? 'met' : severity === 'warning' ? 'not met, a warning' : 'not met'
  return (
    <span className={`${tone} pt-0.5`}>
      <Icon size={16} aria-hidden />
      <span className="sr-only">{word}</span>
    </span>
  )
}
