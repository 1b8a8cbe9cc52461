/** What an image can be of, and the words for it: English singular, Korean as written without particles. */
export const SUBJECT_WORDS = {
  fox: 'fox|여우',
  tiger: 'tiger|호랑이|범',
  cat: 'cat|kitten|kitty|고양이|냥이|길냥이',
  dog: 'dog|puppy|강아지|멍멍이|개',
  rabbit: 'rabbit|bunny|hare|토끼',
  bear: 'bear|panda|곰|판다|곰돌이',
  deer: 'deer|stag|fawn|사슴|노루|고라니',
  bird: 'bird|magpie|sparrow|robin|새|까치|참새|제비|작은 새',
  gull: 'gull|seagull|갈매기',
  crane: 'crane|heron|egret|stork|두루미|학|황새|왜가리|백로',
  owl: 'owl|부엉이|올빼미',
  whale: 'whale|dolphin|orca|고래|돌고래|범고래',
  koi: 'koi|carp|fish|goldfish|잉어|비단잉어|물고기|금붕어',
  butterfly: 'butterfly|butterflies|moth|나비',
  boat: 'boat|sailboat|ship|yacht|ferry|배|돛단배|나룻배|조각배|요트|범선',
  balloon: 'hot air balloon|balloon|열기구|풍선',
  tree: 'tree|oak|maple|willow|cherry tree|zelkova|나무|느티나무|단풍나무|버드나무|벚나무',
  pine: 'pine|pine tree|fir|spruce|소나무|전나무|솔',
  palm: 'palm|palm tree|coconut tree|야자수|야자나무',
  bamboo: 'bamboo|bamboo grove|bamboo forest|대나무|대나무 숲|대나무숲|죽림|대숲',
  moonJar: 'moon jar|jar|pottery|ceramic|porcelain|pot|달항아리|항아리|백자|도자기|청자',
  vase: 'vase|화병|꽃병',
  lantern: 'lantern|paper lantern|등불|연등|초롱|청사초롱|등롱',
  book: 'book|open book|notebook|novel|책|공책|펼친 책',
  persimmon: 'persimmon|감|단감|홍시|곶감',
  citrus:
    'citrus|orange slice|orange fruit|lemon|lime|grapefruit|tangerine|mandarin|귤|오렌지 조각|레몬|자몽|라임|감귤|한라봉|시트러스',
  fruit: 'fruit|apple|peach|plum|pear|cherry|strawberry|tomato|과일|사과|복숭아|자두|체리|딸기|토마토|석류',
  flower:
    'flower|blossom|bouquet|plum branch|plum blossom|매화 가지|peony|daisy|cosmos|camellia|magnolia|wildflower|꽃|꽃다발|모란|작약|코스모스|동백|목련|매화|들꽃|수국|hydrangea|국화|무궁화|진달래',
  rose: 'rose|장미|장미꽃',
  tulip: 'tulip|튤립',
  sunflower: 'sunflower|해바라기',
  lotus: 'lotus|lotus flower|연꽃',
  bottle:
    'bottle|perfume|cosmetic|skincare|serum|lotion|product|package|shampoo|병|향수|화장품|세럼|로션|제품|상품|패키지|샴푸',
  coffee:
    'coffee|espresso|latte|tea|cup|mug|teacup|커피|라테|라떼|에스프레소|찻잔|머그|머그잔|녹차|홍차|차 한 잔',
  bowl: 'ramen|noodle|soup|bowl|bibimbap|라면|국수|그릇|비빔밥|냉면|국밥',
  hanok:
    'hanok|palace|temple|pagoda|pavilion|tea house|teahouse|찻집|한옥|기와집|기와|궁궐|경복궁|정자|사찰|절|누각|초가집',
  house:
    'house|cottage|cabin|home|hut|coffee house|coffee shop|treehouse|tree house|bookshop|bookstore|flower shop|bakery|책방|서점|꽃집|빵집|가게|집|오두막|통나무집|별장|주택',
  lighthouse: 'lighthouse|등대',
  tower: 'tower|castle|skyscraper|N Seoul Tower|탑|성|타워|고층 빌딩',
  person:
    'person|people|man|woman|girl|boy|child|traveler|traveller|walker|silhouette|figure|couple|사람|인물|남자|여자|소녀|소년|아이|나그네|여행자|실루엣|연인|할머니|할아버지',
  umbrella: 'umbrella|parasol|우산|양산',
  rocket: 'rocket|spaceship|로켓|우주선',
  cactus: 'cactus|cacti|succulent|선인장|다육이',
  mushroom: 'mushroom|toadstool|버섯',
  car: 'car|taxi|bus|자동차|택시|버스|차',
  train: 'train|tram|locomotive|railway|subway|기차|열차|전차|전철',
  bicycle: 'bicycle|bike|자전거',
  windmill: 'windmill|풍차',
  tent: 'tent|camping|campsite|텐트|캠핑|천막',
  bridge: 'bridge|다리|돌다리|구름다리|아치교',
  leaf: 'leaf|leaves|monstera|fern|ginkgo|plant|잎|나뭇잎|단풍잎|은행잎|몬스테라|식물|화분',
} as const

export type SubjectKind = keyof typeof SUBJECT_WORDS
