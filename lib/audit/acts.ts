/**
 * Every act that is written down, with its sentence under `settings.audit.acts`. A new one is a line here and a sentence
 * in messages; what stands before the dot is its kind, which the log is narrowed down by.
 */
export const ACTS = {
  'person.signed_in': 'signed_in',
  'person.sign_in_failed': 'sign_in_failed',
  'person.signed_out': 'signed_out',
  'person.session_ended': 'session_ended',
  'person.sessions_ended': 'sessions_ended',
  'person.password_changed': 'password_changed',
  'person.email_asked': 'email_asked',
  'person.email_changed': 'email_changed',
  'person.renamed': 'renamed',
  'person.data_downloaded': 'data_downloaded',
  'person.deleted': 'person_deleted',
  'member.changed': 'member_changed',
  'member.removed': 'member_removed',
  'invitation.created': 'invitation_created',
  'member.reset_link_created': 'member_reset_link_created',
  'invitation.mailed': 'invitation_mailed',
  'invitation.withdrawn': 'invitation_withdrawn',
  'invitation.accepted': 'invitation_accepted',
  'api-key.created': 'key_created',
  'api-key.revoked': 'key_revoked',
  'share-link.created': 'link_created',
  'share-link.changed': 'link_changed',
  'share-link.revoked': 'link_revoked',
  'team.created': 'team_created',
  'team.changed': 'team_changed',
  'team.transferred': 'team_transferred',
  'team.deleted': 'team_deleted',
  'image.trashed': 'image_trashed',
  'image.restored': 'image_restored',
  'image.purged': 'image_purged',
  'reference.trashed': 'reference_trashed',
  'reference.restored': 'reference_restored',
  'reference.purged': 'reference_purged',
  'style.created': 'style_created',
  'style.changed': 'style_changed',
  'style.imported': 'style_imported',
  'prompt-template.deleted': 'template_deleted',
  'generation.resolved': 'generation_resolved',
  'generation.published': 'generation_published',
  'campaign-set.published': 'set_published',
  'budget.set': 'budget_set',
  'budget.removed': 'budget_removed',
  'budget.granted': 'budget_granted',
  'budget.raised': 'budget_raised',
  'budget.declined': 'budget_declined',
  'budget.time_zone_set': 'budget_time_zone_set',
  'queue.changed': 'queue_changed',
  'queue.moved': 'queue_moved',
  'sandbox.changed': 'sandbox_changed',
  'audit.exported': 'log_exported',
} as const

export type AuditAct = keyof typeof ACTS

export const isKnownAct = (act: string): act is AuditAct => Object.hasOwn(ACTS, act)

/** The kinds of acts in the order in which the log offers them. */
export const AUDIT_KINDS = [
  'person',
  'member',
  'invitation',
  'api-key',
  'share-link',
  'team',
  'image',
  'reference',
  'style',
  'prompt-template',
  'generation',
  'campaign-set',
  'budget',
  'queue',
  'sandbox',
  'audit',
] as const

export type AuditKind = (typeof AUDIT_KINDS)[number]

export const kindOf = (act: string): string => act.split('.')[0] ?? act
