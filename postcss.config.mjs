/**
 * Pretendard comes in pieces that all swap in when they arrive. The piece with the Latin letters would move the lines by
 * that: it is preloaded (app/layout.tsx) and `optional`, so a page that it is too late for keeps the letters it began
 * with. Hangul may swap: app/fallback-fonts.css gives its stand-in the same widths.
 */
const steadyLetters = {
  postcssPlugin: 'steady-letters',
  AtRule: {
    'font-face': (face) => {
      if (!face.toString().includes('Variable.subset.91.woff2')) return
      face.walkDecls('font-display', (display) => {
        if (display.value !== 'optional') display.value = 'optional'
      })
    },
  },
}

export default { plugins: ['@tailwindcss/postcss', steadyLetters] }
