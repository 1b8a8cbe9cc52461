'use client'
import { Button } from '@/components/ui/button'
import { signOut } from '@/lib/account/client'

export function SignOutButton({ label }: { label: string }) {
  return (
    <Button size="l" onClick={() => void signOut()}>
      {label}
    </Button>
  )
}
