'use client'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState, type Ref } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button, type ButtonLook } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'

const SHOWN_MS = 1_600

/** Copies a text and says so. `label` names what is copied; with `iconOnly` it is the accessible name. */
export function CopyButton({
  text,
  label,
  iconOnly,
  ref,
  ...look
}: { text: string; label?: string; iconOnly?: boolean; ref?: Ref<HTMLButtonElement> } & ButtonLook) {
  const t = useTranslations('common')
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = async () => setCopied(await copyText(text))
  const Icon = isCopied ? Check : Copy
  const name = isCopied ? t('copied') : (label ?? t('copy'))
  if (iconOnly) {
    return (
      <IconButton ref={ref} label={name} size="s" onClick={copy}>
        <Icon className="size-4" />
      </IconButton>
    )
  }
  return (
    <Button ref={ref} {...look} onClick={copy}>
      <Icon aria-hidden className="size-4" />
      <span aria-live="polite">{name}</span>
    </Button>
  )
}

/** Puts text on the clipboard, also where the page is not served securely and the modern way is missing. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = Object.assign(document.createElement('textarea'), { value: text })
    document.body.append(area)
    area.select()
    const isDone = document.execCommand('copy')
    area.remove()
    return isDone
  }
}
