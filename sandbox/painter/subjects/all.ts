import { ANIMALS } from '@/sandbox/painter/subjects/animals'
import { BUILDINGS } from '@/sandbox/painter/subjects/buildings'
import { CREATURES } from '@/sandbox/painter/subjects/creatures'
import { FLOWERS } from '@/sandbox/painter/subjects/flowers'
import type { Subject } from '@/sandbox/painter/subjects/pen'
import { PLANTS } from '@/sandbox/painter/subjects/plants'
import { THINGS } from '@/sandbox/painter/subjects/things'
import { VEHICLES } from '@/sandbox/painter/subjects/vehicles'
import type { SubjectKind } from '@/sandbox/painter/words/subject-words'

export const SUBJECTS: Record<SubjectKind, Subject> = {
  ...ANIMALS,
  ...CREATURES,
  ...PLANTS,
  ...FLOWERS,
  ...THINGS,
  ...VEHICLES,
  ...BUILDINGS,
}
