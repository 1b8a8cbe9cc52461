import 'server-only'
import type { Db, Tx } from '@/lib/platform/db'
import { SANDBOX_STYLES } from '@/sandbox/styles'

/** The sandbox's own styles: their thumbnails come with the program, under /styles/<styleId>.webp. */
export const isSandboxStyle = (styleId: number): boolean =>
  SANDBOX_STYLES.some((style) => style.styleId === styleId)

/** Gives a team the sandbox's styles to begin with; those it has already stay as they are. */
export async function seedStyles(tx: Tx | Db, teamId: string, accountId: string): Promise<void> {
  await tx.style.createMany({
    data: SANDBOX_STYLES.map((style) => ({ ...style, teamId, accountId })),
    skipDuplicates: true,
  })
}
