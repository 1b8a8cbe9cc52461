import { ANIMALS } from '@/sandbox/painter/subjects/animals'
import { BUILDINGS } from '@/sandbox/painter/subjects/buildings'
import { CREATURES } from '@/sandbox/painter/subjects/creatures'
import { FOOD } from '@/sandbox/painter/subjects/food'
import { FLOWERS } from '@/sandbox/painter/subjects/flowers'
import { INTERIORS } from '@/sandbox/painter/subjects/interiors'
import type { Subject } from '@/sandbox/painter/subjects/pen'
import { PEOPLE } from '@/sandbox/painter/subjects/people'
import { PLANTS } from '@/sandbox/painter/subjects/plants'
import { PRODUCTS } from '@/sandbox/painter/subjects/products'
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
  ...PRODUCTS,
  ...FOOD,
  ...INTERIORS,
  ...PEOPLE,
}
