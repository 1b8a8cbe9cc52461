/** A style of the sandbox, in the words of the team's catalogue. Each id is one technique of the painter. */
export type SandboxStyle = {
  styleId: number
  nameKo: string
  nameEn: string
  superCategory: string
  mainCategory: string
}

/** The sandbox's own styles; also what a new team's catalogue starts with. */
export const SANDBOX_STYLES: readonly SandboxStyle[] = [
  style(101, ['수묵', 'Ink wash'], ['painting', 'ink']),
  style(102, ['수채', 'Watercolor'], ['painting', 'water']),
  style(103, ['종이 오리기', 'Paper cut'], ['craft', 'paper']),
  style(104, ['로 폴리', 'Low poly'], ['digital', 'geometry']),
  style(105, ['리소그래프', 'Risograph'], ['print', 'risograph']),
  style(106, ['네온의 밤', 'Neon night'], ['digital', 'light']),
  style(107, ['스테인드글라스', 'Stained glass'], ['craft', 'glass']),
  style(108, ['픽셀 아트', 'Pixel art'], ['digital', 'pixel']),
  style(109, ['민화', 'Minhwa'], ['painting', 'folk']),
  style(110, ['스튜디오 정물', 'Studio still life'], ['photo', 'still-life']),
  style(111, ['바우하우스', 'Bauhaus'], ['print', 'geometry']),
  style(112, ['부드러운 풍경', 'Soft landscape'], ['photo', 'landscape']),
]

/** The ids of the published request examples, and the technique that answers for each. */
const publishedStyles = new Map([
  [352, 102],
  [12, 105],
])

/** The own style that paints for a known `styleId`, or undefined when there is no such style. */
export function findSandboxStyle(styleId: number): SandboxStyle | undefined {
  const own = publishedStyles.get(styleId) ?? styleId
  return SANDBOX_STYLES.find((known) => known.styleId === own)
}

function style(
  styleId: number,
  [nameKo, nameEn]: [string, string],
  [superCategory, mainCategory]: [string, string],
): SandboxStyle {
  return { styleId, nameKo, nameEn, superCategory, mainCategory }
}
