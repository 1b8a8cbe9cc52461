const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean))

/**
 * Favourites of ten or more characters: what guessing starts with. Words that are common only with decoration
 * (`password2024!`) need no line here, the rules take the decoration away first; the last lines are Korean words
 * typed on a Latin keyboard.
 */
export const commonPasswords = list(`
  1234567890 12345678910 123456789a 1234567891 0123456789 0987654321 9876543210 1122334455 1111111111 0000000000
  123123123123 1234512345 1234554321 12344321123 123456654321 147258369 1472583690 159357159357 7777777777 987654321a
  1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedcrfv qazwsxedc zaq12wsxcde3 zaq1xsw2cde3
  qwertyuiop qwertyuiop123 qwerty12345 qwerty123456 qwertyqwerty qwerty1234 asdfghjkl1 asdfghjkl123 asdfasdfasdf zxcvbnm123 zxcvbnmasdf
  password12 password123 password1234 password12345 passwordpassword passw0rd123 mypassword mypassword1 newpassword thisisapassword
  passphrase changemenow changeme123 letmein123 letmeinnow letmeinplease pleaseletmein opensesame iloveyou123 iloveyou12 iloveyousomuch
  ihateyou123 welcome123 welcome1234 administrator admin12345 admin123456 adminadmin rootroot12 superadmin testtest12 test123456 testpassword
  guestguest default123 temporary1 temppassword secret1234 supersecret topsecret1 mysecret12 correcthorsebatterystaple correcthorse
  abcdefghij abcdefghijk abc123456789 abcd123456 abcd12345 abcdef123456 abcabcabcabc a123456789 a1234567890 aa12345678 aaaaaaaaaa
  football123 baseball123 basketball liverpool123 manchester chelsea123 superman123 spiderman123 batman12345 starwars123 pokemon123
  dragonball minecraft123 playstation xboxlive123 monkey12345 sunshine123 princess123 butterfly1 chocolate1 strawberry blueberry1
  watermelon pineapple1 cheesecake snickers123 jordan2323 michael123 jennifer123 jessica123 ashley1234 charlie123 alexander1 christopher
  computer123 internet123 whatever123 trustno1trustno1 master12345 shadow1234 michaeljackson justinbieber harrypotter lordoftherings
  onetwothree onetwothreefour fuckyou123 fuckyou1234 motherfucker myspace123 facebook123 google1234 samsung123 iphone12345 android123
  summer2024 summer2025 summer2026 winter2024 winter2025 winter2026 spring2025 spring2026 autumn2025 autumn2026 january2026
  company123 companyname business123 marketing1 marketing123 designteam designer123 photoshop1 photoshop123 illustrator creative123
  flamelstudio flamel1234 studio1234 studio12345 flamelflamel korea12345 korea2002 seoul12345 seoulkorea busan12345 gangnamstyle
  thisismypassword ilovemyfamily ilovemymom godisgood1 jesuschrist1 jesuslovesme blessed123 hallelujah heavenly12 angelangel
  dkssudgktpdy dkssudgktpdy1 qlalfqjsgh qlalfqjsgh1 tkfkdgody tkfkdgody1 tkfkdgody12 tkfkdgoyo dpdltlqkf ghkdlxld12 gksrnrdls dlrjahfmrpTwl
  eogksalsrnr eogksalsrnr1 gksrnrdls12 rkskekfkakqktk dkdlfjqmdb dkdlfjqmdbb wjdakfwhgdk tkfkdgksek tkfkdgksek1 gkstkfkd12 rlaclgkstkfkd
`)

/** Words that stay common however they are decorated. */
export const commonWords = list(`
  password passwords passwort passwd qwerty qwertz azerty asdf asdfgh zxcvbn admin administrator root superuser user guest test testing
  login signin welcome letmein changeme default temporary secret private iloveyou loveyou hello helloworld football baseball soccer hockey
  monkey dragon master shadow sunshine princess superman batman spiderman starwars pokemon naruto summer winter spring autumn january february
  march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday google facebook
  samsung apple microsoft windows android iphone internet computer korea seoul busan daehanminguk flamel studio flamelstudio company
  business marketing design designer team office manager michael jennifer jordan charlie jessica ashley thomas daniel andrew joshua
  tkfkdgo tkfkd dkssud qlalfqjsgh rhkswkrl rhksflwk ghksdud
`)
