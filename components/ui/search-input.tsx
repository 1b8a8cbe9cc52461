import { Search } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import { Input } from '@/components/ui/input'

type SearchProps = { label: string; value: string; className?: string; onText: (text: string) => void }

/** Words to find something in a list by; its name stands in it as long as it is empty. */
export function SearchInput({ label, value, className, onText }: SearchProps) {
  return (
    <Input
      type="search"
      aria-label={label}
      placeholder={label}
      autoComplete="off"
      value={value}
      className={cn('shrink-0', className)}
      onChange={(event) => onText(event.target.value)}
      before={<Search aria-hidden className="size-4 shrink-0 text-text-3" />}
    />
  )
}
