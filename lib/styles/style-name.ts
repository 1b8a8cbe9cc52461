import type { Style } from '@/lib/styles/schema'

/** A style's name as the reader speaks; one name stands for both languages where there is only one. */
export function nameOf(style: Pick<Style, 'nameKo' | 'nameEn'>, locale: string): string {
  return (locale === 'ko' ? style.nameKo || style.nameEn : style.nameEn || style.nameKo) || ''
}

/** The name of an upstream style, or undefined when the catalogue does not list it. */
export function styleNameOf(
  styles: readonly Style[] | undefined,
  styleId: number,
  locale: string,
): string | undefined {
  const style = styles?.find((one) => one.styleId === styleId)
  return style && nameOf(style, locale)
}
