/** What an image can be of, and the words for it: English singular, Korean as written without particles. */
export const SUBJECT_WORDS = {
  sleepingFox:
    'sleeping fox|fox asleep|fox sleeping|sleepy fox|fox is asleep|fox is sleeping|curled-up fox|fox curled up|잠든 여우|자는 여우|잠자는 여우|잠자는 아기 여우|여우가 잠|여우가 자',
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
    'citrus|orange slice|orange fruit|lemon|lime|grapefruit|tangerine|mandarin|귤|오렌지 조각|레몬|자몽|라임|감귤|한라봉|오렌지|oranges|fresh orange|ripe orange|sliced orange|half an orange|orange juice|시트러스',
  fruit: 'apple|peach|plum|pear|cherry|strawberry|tomato|사과|복숭아|자두|체리|딸기|토마토|석류',
  flower:
    'flower|blossom|bouquet|plum branch|plum blossom|매화 가지|peony|daisy|cosmos|camellia|magnolia|wildflower|꽃|꽃다발|모란|작약|코스모스|동백|목련|매화|들꽃|수국|hydrangea|국화|무궁화|진달래',
  rose: 'rose|장미|장미꽃',
  tulip: 'tulip|튤립',
  sunflower: 'sunflower|해바라기',
  lotus: 'lotus|lotus flower|연꽃',
  bottle: 'bottle|product|package|shampoo|병|제품|상품|패키지|샴푸',
  coffee:
    'coffee|espresso|latte|tea|cup|mug|teacup|커피|라테|라떼|에스프레소|찻잔|머그|머그잔|녹차|홍차|차 한 잔',
  bowl: 'ramen|noodle|soup|bowl|bibimbap|라면|국수|그릇|비빔밥|냉면|국밥',
  hanok:
    'hanok|palace|temple|pagoda|pavilion|tea house|teahouse|찻집|한옥|기와집|기와|궁궐|경복궁|정자|사찰|절|누각|초가집',
  house:
    'house|cottage|cabin|home|hut|coffee house|coffee shop|treehouse|tree house|bookshop|bookstore|flower shop|bakery|책방|서점|꽃집|빵집|집|오두막|통나무집|별장|주택',
  lighthouse: 'lighthouse|등대',
  tower: 'tower|castle|skyscraper|N Seoul Tower|탑|성|타워|고층 빌딩',
  person:
    'people|girl|boy|child|traveler|traveller|walker|silhouette|figure|couple|person walking|man walking|woman walking|lone person|lone man|lone woman|사람|소녀|소년|아이|나그네|여행자|실루엣|연인|할머니|할아버지',
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
  sneaker:
    'sneakers|sneaker|trainers|running shoe|running shoes|shoes|shoe|운동화|스니커즈|스니커|신발|러닝화|구두',
  burger: 'burger|hamburger|cheeseburger|버거|햄버거',
  phone:
    'phone|smartphone|iphone|cellphone|cell phone|mobile phone|스마트폰|휴대폰|핸드폰|휴대전화|아이폰|폰',
  handPhone:
    'hands with phone|hand with phone|hands with a phone|hand with a phone|hand holding phone|hand holding a phone|hands holding phone|hands holding a phone|hand holding smartphone|hand holding a smartphone|hands holding a smartphone|holding a phone|holding a smartphone|holding her phone|holding his phone|phone in hand|phone in a hand|smartphone in hand|휴대폰을 든 손|스마트폰을 든 손|핸드폰을 든 손|폰을 든 손|휴대폰을 쥔 손|스마트폰을 쥔 손|손에 든 휴대폰|손에 든 스마트폰|손에 든 폰',
  laptop: 'laptop|notebook computer|macbook|노트북|노트북 컴퓨터|랩톱|맥북',
  cosmetics:
    'cosmetics|cosmetic|lipstick|serum|skincare|skin care|makeup|lotion|moisturizer|moisturiser|sunscreen|face cream|hand cream|body cream|cream tube|tube of cream|moisturizing cream|eye cream|night cream|skin cream|cream jar|jar of cream|cream on|cosmetic cream|화장품|립스틱|세럼|로션|스킨케어|메이크업|크림|에센스|선크림',
  perfume: 'perfume|perfume bottle|bottle of perfume|glass bottle of perfume|fragrance|cologne|향수|향수병',
  can: 'soda can|soda|cola|a can|can of|aluminium can|aluminum can|tin can|beer can|drink can|drinks can|beverage can|cans of|캔|캔음료|음료|음료수|콜라|탄산수|캔맥주',
  shirt: 'shirt|t-shirt|t shirt|tshirt|tee|hoodie|sweatshirt|셔츠|티셔츠|반팔티|후드티|맨투맨',
  watch: 'watch|wristwatch|wrist watch|smartwatch|smart watch|watch face|손목시계|시계|스마트워치',
  carInterior:
    'car interior|interior of a car|interior of the car|inside a car|inside the car|car dashboard|dashboard|steering wheel|driver seat|자동차 실내|자동차 내부|자동차 안|차량 내부|차량 실내|차 실내|차 내부|차 안|운전석|운전대|대시보드|계기판',
  sofa: 'sofa|couch|couches|loveseat|소파|쇼파|카우치',
  chair: 'chair|armchair|stool|의자|안락의자|암체어',
  astronaut: 'astronaut|cosmonaut|spaceman|우주비행사|우주 비행사|우주인',
  cake: 'cake|birthday cake|strawberry cake|chocolate cake|carrot cake|fruit cake|cupcake|cheesecake|딸기 케이크|과일 케이크|초콜릿 케이크|케이크|케익|생일 케이크',
  fruitBowl: 'fruit|fruit bowl|bowl of fruit|fruit basket|basket of fruit|과일|과일 바구니|과일바구니',
  christmasTree:
    'christmas tree|xmas tree|christmas trees|크리스마스 트리|크리스마스트리|성탄 트리|성탄트리|성탄절 트리',
  crowd:
    'concert|concert crowd|concert audience|crowd|crowd at a concert|audience|music festival|rock concert|콘서트|콘서트장|관중|관객|공연장|떼창|인파',
  portrait: 'person|woman|women|lady|인물|여자|여성|여인',
  man: 'man|men|gentleman|businessman|남자|남성|신사',
  storefront:
    'storefront|shop|store|shop front|shopfront|store front|cafe front|café front|front of a cafe|boutique|shop window|매장|가게|상점|점포|쇼윈도',
  leaf: 'leaf|leaves|monstera|fern|ginkgo|plant|잎|나뭇잎|단풍잎|은행잎|몬스테라|식물|화분',
} as const

/** Words for the likeness of somebody: a person, unless the prompt says of whom. */
export const LIKENESS_WORDS = 'portrait|headshot|selfie|face|초상|초상화|얼굴|인물 사진'

/** Phrases in which the word of a subject means something else. */
export const OTHER_MEANINGS = [
  'watch the|watch a|watch an|watch as|watch over|watch out|watch for|watch how|watch it|to watch|watches the|watches over|watch tower',
  'can-do|a can opener|face the|faces the|face to|face of the|clock face|rock face|cliff face|mountain face|man-made|phone booth|shop now',
  "men's|women's|man's|woman's|남성용|여성용|남자용|여자용|여자아이|남자아이",
  'rice cake|ice cream|아이스크림|생크림|크림빵|크림치즈|시계탑|시계 방향',
].join('|')

export type SubjectKind = keyof typeof SUBJECT_WORDS
