import { blankValue } from '../form/blank-value.ts'
import { useFieldRenderers } from './field-renderers.ts'
import { effective, type FieldProps } from './field-props.ts'

const places = ['From', 'To'] as const

/** A fixed number of values, side by side: a range, or a pair. */
export function TupleControl({ field, path, value, onChange, id, invalid }: FieldProps<'tuple'>) {
  const { Control } = useFieldRenderers()
  const { items } = field.field
  const shown = effective(field, value)
  const values = Array.isArray(shown) ? shown : items.map(blankValue)
  const isRange = items.length === 2 && items.every((item) => item.field.kind === 'number')
  return (
    <div id={id} role="group" aria-label={field.title} className="flex items-start gap-2">
      {items.map((item, index) => {
        const name = isRange ? places[index]! : `Value ${index + 1}`
        return (
          <div key={index} className="min-w-0 flex-1">
            <Control
              field={{ ...item, title: `${field.title}: ${name}`, unit: null }}
              path={[...path, index]}
              value={values[index]}
              onChange={(next) =>
                onChange(
                  items.map((each, place) => (place === index ? (next ?? blankValue(each)) : values[place]!)),
                )
              }
              id={`${id}-${index}`}
              label={`${field.title}: ${name}`}
              invalid={invalid}
            />
          </div>
        )
      })}
      {field.unit !== null && <span className="pt-2 text-xs text-ink-faint">{field.unit}</span>}
    </div>
  )
}
