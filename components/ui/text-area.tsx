import type { ComponentPropsWithRef } from 'react'

/** Some lines of text, as tall as they are. Give it a label: wrap it in `Field`, or `aria-label`. */
export function TextArea(props: ComponentPropsWithRef<'textarea'>) {
  return (
    <span className="block rounded-m bg-field edge focus-inside has-[[aria-invalid=true]]:edge-danger">
      <textarea
        dir="auto"
        {...props}
        className="block field-sizing-content max-h-[40dvh] min-h-24 w-full min-w-0 resize-none overflow-y-auto bg-transparent px-3 py-2.5 text-14 wrap-anywhere phone:text-16"
      />
    </span>
  )
}
