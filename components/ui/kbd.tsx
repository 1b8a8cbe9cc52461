import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

export function Kbd({ children, onGold }: { children: ReactNode; onGold?: boolean }) {
  return (
    <kbd
      className={cn(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-s px-1.5 font-sans text-11 font-medium',
        onGold ? 'bg-gold-key' : 'bg-hover text-text-2',
      )}
    >
      {children}
    </kbd>
  )
}
