'use client'
import { Toast as Base } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl/react'
import { IconButton } from '@/components/ui/icon-button'
import { Thumb } from '@/components/ui/thumb'
import { onDismiss, onToast, takeToasts, type Toast } from '@/components/ui/toast'

const SHOWN_MS = 6_000

export function ToastStack() {
  const t = useTranslations('common')
  return (
    <Base.Provider timeout={SHOWN_MS}>
      <Base.Portal>
        <Base.Viewport
          aria-label={t('notifications')}
          className="pointer-events-none fixed bottom-[calc(var(--nav-height)+20px)] left-1/2 z-60 grid w-[min(440px,calc(100vw-24px))] -translate-x-1/2 gap-2 over-modal:top-5 over-modal:bottom-auto"
        >
          <Stack />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function Stack() {
  const t = useTranslations('common')
  const { toasts, add, close } = Base.useToastManager<{ image?: string }>()
  useEffect(() => {
    const draw = (toast: Toast) => {
      const { title, text, image, action, isUrgent } = toast
      const id = add({
        title,
        description: text,
        data: { image },
        priority: isUrgent ? 'high' : 'low',
        actionProps: action && { children: action.label, onClick: () => act(action) },
      })
      const act = ({ onAct }: NonNullable<Toast['action']>) => {
        close(id) // what it says is over
        onAct()
      }
      onDismiss(toast, () => close(id))
    }
    return onToast(() => takeToasts().forEach(draw))
  }, [add, close])
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      data-toast=""
      className="pointer-events-auto flex min-h-12 items-center gap-3 rounded-m bg-inverse py-2 pr-2 pl-4 text-inverse-ink shadow-lift transition-[opacity,transform] duration-(--slow) data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      {toast.data?.image && <Thumb src={toast.data.image} className="-ml-1.5 size-10 shrink-0 rounded-s" />}
      <div className="min-w-0 flex-1 wrap-anywhere">
        <Base.Title className="text-14 font-medium" />
        <Base.Description dir="auto" className="text-13 opacity-80" />
      </div>
      <Base.Action className="h-8 rounded-s px-3 text-14 font-semibold underline-offset-3 hover:underline phone:h-11" />
      <Base.Close
        render={
          <IconButton
            label={t('close')}
            size="s"
            tip="none"
            className="text-inverse-ink opacity-70 hover:bg-transparent hover:text-inverse-ink hover:opacity-100"
          >
            <X className="size-4" />
          </IconButton>
        }
      />
    </Base.Root>
  ))
}
