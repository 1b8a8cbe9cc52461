import 'server-only'

/** Without it spreadsheets read Hangul as another encoding. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** A CSV as a download; `name` is plain letters, digits and hyphens, `body` begins with the byte order mark. */
export function csvResponse(name: string, body: BodyInit): Response {
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
