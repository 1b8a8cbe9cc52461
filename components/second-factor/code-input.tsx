import { Input, type InputProps } from '@/components/ui/input'

/** Six digits: the keys of a phone are numbers, and the browser may offer the code that it knows. */
export function CodeInput(props: Omit<InputProps, 'type'>) {
  return (
    <Input
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="\s*(\d\s*){6}"
      spellCheck={false}
      required
      {...props}
    />
  )
}
