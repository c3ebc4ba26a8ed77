import type { ReactNode } from 'react'

/** A part of the settings, under a title. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-b border-line py-4 first:pt-0 last:border-b-0 last:pb-0">
      <h3 className="mb-2 font-semibold">{title}</h3>
      {children}
    </section>
  )
}
