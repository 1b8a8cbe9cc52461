import { isDoublePress, NO_PRESS } from '@/lib/drafts/double-press'
import { EMPTY_DRAFT, type Draft, type Lineage } from '@/lib/drafts/draft'
import { withElsewhere, type History } from '@/lib/drafts/history'
import {
  keepPrompt,
  keepUnanswered,
  keyFor,
  loadDraft,
  loadHistory,
  loadUnanswered,
  saveDraft,
  type Owner,
  type DraftStorages,
} from '@/lib/drafts/storage'
import { groupOf, variationOf } from '@/lib/drafts/variation'
import { isAboutTheSame } from '@/lib/text/same-subject'

/** Why something would be put in place of what a person has; it is shown before, and undone by one press. */
export type Origin = 'enhance' | 'describe' | 'dice' | 'history' | 'template' | 'starter' | 'vary' | 'reuse'
export type Proposal = { origin: Origin; change: Partial<Draft> }

/** A request on its way to the Studio, for the tile that stands in for it. */
export type Outgoing = { idempotencyKey: string; draft: Draft; sentAt: string }

/** `outgoing`: what did not get through, which may be another draft than the one in the form. */
export type Failure = { status: number; code: string; outgoing?: Outgoing }

/** What can be chosen from a dialog. */
export type Picker = 'style' | 'image'

export type ComposerState = {
  draft: Draft
  history: History
  proposal: Proposal | null
  /** What was put in place, and what stood there. */
  undo: { origin: Origin; before: Partial<Draft> } | null
  outgoing: readonly Outgoing[]
  /** Why a submit did not get through; status 0 when no answer came. */
  failure: Failure | null
  isSheetOpen: boolean
  /** The picker that is open. */
  picker: Picker | null
  /** False until the browser's memory was read: the server cannot know it. */
  isLoaded: boolean
}

const initial: ComposerState = {
  draft: EMPTY_DRAFT,
  history: [],
  proposal: null,
  undo: null,
  outgoing: [],
  failure: null,
  isSheetOpen: false,
  picker: null,
  isLoaded: false,
}

export type ComposerStore = ReturnType<typeof composerStore>

/** The members of `draft` that `other` would make different. */
function differing(draft: Draft, other: Draft): Partial<Draft> {
  const names = Object.keys(EMPTY_DRAFT) as (keyof Draft)[] // keys are typed as text
  return Object.assign(
    {},
    ...names.flatMap((name) => (draft[name] === other[name] ? [] : { [name]: draft[name] })),
  )
}

/** What led to a prompt, as long as the prompt still speaks of it. */
function lineageOf(lineage: Lineage, prompt: string): Lineage {
  return Object.values(lineage).some((text) => isAboutTheSame(text, prompt)) ? lineage : {}
}

/** Why a submit did not get through, after the next one began: only what is not that one. */
const stillWithout = (draft: Draft, failure: Failure | null) =>
  failure && isOfAnother(failure, draft) ? failure : null

/** Why a submit did not get through, after the form was changed: only what no change of the form mends. */
function stillFailing({ failure, draft }: ComposerState): Failure | null {
  if (!failure) return null
  const isLasting = failure.status === 401 || failure.code === 'offline_before'
  return isLasting || (isOfAnother(failure, draft) && canSendAgain(failure)) ? failure : null
}

/** Whether nobody said no: the same request under the same key is made once. */
export const canSendAgain = ({ status }: Failure) => status === 0 || status >= 500

/** Whether the person had gone on to another prompt when it did not get through. */
export const isOfAnother = ({ outgoing }: Failure, draft: Draft) =>
  outgoing !== undefined && outgoing.draft.prompt !== draft.prompt

/** A prompt that speaks of something else has no past; what was put in place is not taken back once it was changed. */
function edited(state: ComposerState, change: Partial<Draft>): [Draft, Partial<ComposerState>] {
  const { draft, undo } = state
  const lineage = change.prompt === undefined ? draft.lineage : lineageOf(draft.lineage, change.prompt)
  const isKept = undo && !Object.keys(change).some((name) => name in undo.before)
  return [
    { ...draft, lineage, ...change },
    { undo: isKept ? undo : null, failure: stillFailing(state) },
  ]
}

/** Whether the box holds words of the person's own that were not sent: nothing takes their place unasked. */
export function hasUnsentPrompt({ draft, history, undo }: ComposerState): boolean {
  const wasPut = undo?.before.prompt !== undefined // and not changed since
  return draft.prompt.trim() !== '' && !wasPut && !history.includes(draft.prompt)
}

/** The draft once it is sent: a variation that was left is over. */
const begun = (draft: Draft): Draft => ({ ...draft, variation: variationOf(draft), group: groupOf(draft) })

function forgetUnanswered(storages: DraftStorages, owner: Owner, idempotencyKey: string): void {
  if (loadUnanswered(storages, owner)?.idempotencyKey === idempotencyKey)
    keepUnanswered(storages, owner, null)
}

/** `at` in milliseconds, `iso` the same as text; `draft` unless it is the one in the form. */
type Beginning = { at: number; iso: string; mint: () => string; draft?: Draft }

/** What the composer holds, outside React: the feed changes it too, and it outlives the page's parts. */
export function composerStore(owner: Owner) {
  let state = initial
  let storages: DraftStorages | null = null
  let latest = NO_PRESS
  const listeners = new Set<() => void>()

  function set(change: Partial<ComposerState>): void {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  function write(draft: Draft, rest: Partial<ComposerState> = {}): void {
    set({ ...rest, draft })
    if (storages) saveDraft(storages, owner, draft)
  }

  function replace(origin: Origin, after: Draft): void {
    const undo = { origin, before: differing(state.draft, after) }
    write(after, { proposal: null, undo, failure: stillFailing(state) })
  }

  return {
    owner,
    get: () => state,
    getInitial: () => initial,
    /** Whether it is on the screen. */
    isShown: () => listeners.size > 0,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Reads the browser's memory. */
    load(from: DraftStorages) {
      storages = from
      set({ draft: loadDraft(from, owner) ?? EMPTY_DRAFT, history: loadHistory(from, owner), isLoaded: true })
    },
    /** Changes by hand. */
    edit: (change: Partial<Draft>) => write(...edited(state, change)),
    /** Shows what would become different; what is changed by hand in the meantime stays as it is. */
    propose: ({ origin, after }: { origin: Origin; after: Draft }) =>
      set({ proposal: { origin, change: differing(after, state.draft) }, isSheetOpen: true }),
    /** Adds what the person sent elsewhere behind what this browser remembers. */
    learn: (prompts: History) => set({ history: withElsewhere(state.history, prompts) }),
    dismiss: () => set({ proposal: null }),
    /** Puts something in place at once; what was there comes back with `undo`. */
    replace,
    accept: () =>
      state.proposal && replace(state.proposal.origin, { ...state.draft, ...state.proposal.change }),
    undo: () => state.undo && write({ ...state.draft, ...state.undo.before }, { undo: null }),
    setPicker: (picker: Picker | null) => set({ picker }),
    setSheet: (isSheetOpen: boolean) => set({ isSheetOpen }),
    /**
     * Begins a submit and gives it with its key, or null when it is the second press of a double one. The key of a
     * request that got no answer is used again for the same request.
     */
    begin(body: string, { at, iso, mint, draft = state.draft }: Beginning): Outgoing | null {
      if (isDoublePress(latest, { body, at })) return null
      latest = { body, at }
      const idempotencyKey = keyFor(body, storages && loadUnanswered(storages, owner), mint)
      if (state.outgoing.some((one) => one.idempotencyKey === idempotencyKey)) return null
      if (storages) keepUnanswered(storages, owner, { idempotencyKey, body })
      const outgoing = { idempotencyKey, draft, sentAt: iso }
      const failure = stillWithout(draft, state.failure)
      set({ outgoing: [outgoing, ...state.outgoing], failure })
      if (draft === state.draft) write(begun(draft), { undo: null })
      return outgoing
    },
    fail: (failure: Failure | null) => set({ failure }),
    /** Ends a submit. Without an answer its key is kept for the next try, and its prompt where another has taken its place. */
    end(idempotencyKey: string, { isAnswered }: { isAnswered: boolean }) {
      const ended = state.outgoing.find((one) => one.idempotencyKey === idempotencyKey)
      set({ outgoing: state.outgoing.filter((one) => one !== ended) })
      if (!isAnswered) latest = NO_PRESS
      if (!storages || !ended) return
      if (isAnswered) forgetUnanswered(storages, owner, idempotencyKey)
      if (isAnswered || ended.draft.prompt !== state.draft.prompt)
        set({ history: withElsewhere(keepPrompt(storages, owner, ended.draft.prompt), state.history) })
    },
  }
}
