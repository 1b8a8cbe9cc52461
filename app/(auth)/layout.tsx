import type { ReactNode } from 'react'
import { Messages } from '@/components/messages'

export default function AuthLayout({ children }: { children: ReactNode }) {
  return <Messages namespaces={['auth', 'factors']}>{children}</Messages>
}
