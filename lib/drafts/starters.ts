/** Three ways to begin, each in a style that the catalogue may have; their images are in public/starters. */
export const STARTERS = [
  { key: 'hills', promptKey: 'hillsPrompt', styleId: 103, ratio: '4:3' },
  { key: 'boat', promptKey: 'boatPrompt', styleId: 102, ratio: '1:1' },
  { key: 'tiger', promptKey: 'tigerPrompt', styleId: 109, ratio: '3:4' },
] as const
