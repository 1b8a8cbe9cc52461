export const PLACE_WORDS = {
  mountains:
    'mountain|mountains|peak|ridge|alps|summit|valley|canyon|cliff|산|산맥|산봉우리|봉우리|능선|설악산|한라산|지리산|북한산|계곡|골짜기|절벽|산수',
  sea: 'sea|ocean|wave|beach|coast|shore|harbor|harbour|bay|tide|바다|바닷가|파도|해변|해안|항구|포구|수평선|물결|동해|제주',
  dunes: 'dune|dunes|desert|sahara|사막|모래언덕|모래|사구',
  alley: 'alley|alleyway|lane|backstreet|market|night market|골목|골목길|뒷골목|시장|야시장',
  city: 'city|street|downtown|seoul|tokyo|skyline|building|neighborhood|도시|도심|거리|서울|빌딩|시내|야경|명동|을지로|부산',
  forest: 'forest|wood|woods|jungle|grove|숲|숲속|숲길|정글|수풀|산림',
  village: 'village|town|countryside|bukchon|마을|시골|동네|북촌|농촌|고향',
  lake: 'lake|river|stream|waterfall|reflection|호수|강|강가|강변|시냇물|개울|폭포|한강|물안개|반영',
  pond: 'pond|lily pond|water lily|lotus pond|lotus leaf|lotus leaves|underwater|연잎|연못|수련|물속|바닷속',
  meadow:
    'meadow|field|tea field|tea plantation|녹차밭|차밭|hill|garden|grassland|park|orchard|farm|들판|초원|언덕|정원|꽃밭|공원|과수원|밭|논|들|보리밭|갈대밭|갈대|메밀밭',
  snowfield: 'snowfield|glacier|arctic|iceberg|tundra|설원|빙하|북극|남극|눈밭',
  island: 'island|floating island|섬|떠 있는 섬|외딴섬|독도|울릉도',
  aurora: 'aurora|northern lights|오로라|극광',
  space: 'space|galaxy|planet|universe|cosmic|nebula|milky way|우주|은하|은하수|행성|성운',
  table:
    'table|studio|still life|indoor|interior|room|window|windowsill|podium|kitchen|desk|cafe|shelf|tray|plate|책상|식탁|테이블|스튜디오|정물|실내|방|창가|창문|창턱|부엌|주방|카페|선반|쟁반|접시|단상',
  abstract:
    'abstract|pattern|geometric|geometry|texture|gradient|shapes|composition|minimal|추상|무늬|패턴|기하학|도형|질감|그라데이션|그라디언트|구성|미니멀',
} as const
export type Place = keyof typeof PLACE_WORDS

export const TIME_WORDS = {
  dawn: 'dawn|sunrise|morning|daybreak|early morning|새벽|일출|아침|동틀 녘|동틀녘|해돋이',
  day: 'day|blue sky|clear sky|noon|midday|daylight|afternoon|sunny|bright|대낮|한낮|정오|오후|낮|햇살|햇빛|맑은|파란 하늘|푸른 하늘|맑은 하늘',
  sunset: 'sunset|dusk|evening|golden hour|twilight|노을|석양|저녁|해질녘|해 질 녘|황혼|일몰|저물녘|황금빛',
  night: 'night|midnight|moonlit|moonlight|starry|dark|neon|밤|한밤|한밤중|달빛|별밤|심야|어두운|네온|밤하늘',
} as const
export type Time = keyof typeof TIME_WORDS

export const SEASON_WORDS = {
  spring: 'spring|cherry blossom|봄|벚꽃|봄날|새봄|봄꽃',
  summer: 'summer|lush|tropical|여름|한여름|푸르른|무성한|열대',
  autumn: 'autumn|fall|foliage|가을|단풍|늦가을|추수|낙엽',
  winter: 'winter|christmas|icy|frozen|겨울|한겨울|크리스마스|얼음|얼어붙은|성탄',
} as const
export type Season = keyof typeof SEASON_WORDS

export const WEATHER_WORDS = {
  snow: 'snow|snowy|snowfall|snowing|blizzard|눈|함박눈|눈송이|첫눈|눈보라|눈 내리는|눈이',
  rain: 'rain|rainy|raining|drizzle|storm|shower|비|빗속|비 오는|비오는|소나기|장마|빗방울|폭풍|빗물',
  mist: 'mist|misty|fog|foggy|haze|hazy|안개|물안개|운무|아지랑이|자욱한|흐린',
  clouds: 'cloud|clouds|cloudy|구름|뭉게구름|먹구름|구름바다|운해',
  stars: 'star|stars|starlight|constellation|별|별빛|별자리|반짝이는',
  wind: 'wind|windy|breeze|바람|산들바람',
} as const
export type Weather = keyof typeof WEATHER_WORDS

export const SKY_WORDS = {
  moon: 'moon|full moon|crescent|달|보름달|초승달|반달',
  sun: 'sun|sunlight|sunbeam|해|태양|햇님|해님',
} as const
export type SkyLight = keyof typeof SKY_WORDS

export const MOOD_WORDS = {
  calm: 'calm|quiet|serene|peaceful|gentle|tranquil|still|soft|zen|고요한|조용한|평화로운|잔잔한|차분한|한적한|고요|은은한|부드러운',
  warm: 'warm|cozy|cosy|golden|nostalgic|따뜻한|포근한|아늑한|따스한|정겨운|그리운',
  cool: 'cool|cold|crisp|fresh|refreshing|차가운|서늘한|시원한|청량한|상쾌한',
  dreamy:
    'dreamy|dreamlike|magical|mystical|fantasy|fairy|surreal|pastel|몽환적|꿈|꿈결|신비로운|환상적|동화|파스텔|마법',
  bold: 'bold|vivid|vibrant|dramatic|intense|colorful|colourful|강렬한|선명한|화려한|알록달록|극적인|원색',
  dark: 'moody|gloomy|noir|lonely|melancholy|mysterious|어둡고|쓸쓸한|외로운|우울한|느와르|고독',
} as const
export type Mood = keyof typeof MOOD_WORDS

/** Colours by the names people use, and what they look like. */
export const COLOUR_WORDS: readonly (readonly [string, string])[] = [
  ['#d8352e', 'red|crimson|scarlet|vermilion|ruby|빨간|빨강|붉은|새빨간|진홍|주홍|다홍|적색|빨간색'],
  ['#f07f2c', 'orange|주황|주황색|오렌지색|오렌지빛|감빛'],
  ['#f2c12e', 'yellow|gold|mustard|amber|노란|노랑|노란색|금빛|금색|겨자색|호박색|샛노란'],
  ['#3d9a50', 'green|emerald|sage|olive|moss|초록|초록색|녹색|연두|연두색|에메랄드|올리브|쑥색|이끼'],
  ['#1f9a97', 'teal|turquoise|cyan|aqua|mint|jade|청록|청록색|옥색|비취|민트|민트색|옥빛|청자빛'],
  [
    '#2c63c8',
    'blue|navy|cobalt|azure|indigo|ultramarine|파란|파랑|파란색|푸른|새파란|남색|쪽빛|군청|하늘색|청색|코발트|파랗게',
  ],
  ['#7d4cc2', 'purple|violet|lavender|lilac|보라|보라색|보랏빛|라벤더|자주|자주색|연보라'],
  ['#ee7fa5', 'pink|rose pink|magenta|coral|blush|분홍|분홍색|핑크|연분홍|산호|산호색|진분홍|분홍빛'],
  ['#8a5a38', 'brown|chocolate|sepia|terracotta|rust|갈색|밤색|초콜릿색|황토|황토색|테라코타|고동색'],
  ['#f3f1ea', 'white|ivory|cream|snow white|흰|하얀|하양|흰색|새하얀|백색|아이보리|크림색|순백'],
  ['#1d1d22', 'black|charcoal|검은|검정|까만|검은색|새까만|흑색|흑백|monochrome'],
  ['#8d9095', 'grey|gray|silver|회색|은빛|은색|잿빛'],
]
