import type http from 'node:http'

export type Exchange = { request: http.IncomingMessage; response: http.ServerResponse; url: URL }

/** Whom a provider of the tests sees by what was typed at it. */
export function seenAt(login: string) {
  const email = login.replace(/#.*$/, '')
  return { email, isVerified: !email.startsWith('unverified'), name: email.split('@')[0] ?? email }
}

/** The page on which somebody says who they are, or goes back. */
export function html(response: http.ServerResponse, name: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  response.end(`<!doctype html><html lang="en"><title>${name}</title><main><h1>${name}</h1><form method="post">
    <label>Account <input name="login" autofocus></label>
    <button>Sign in at ${name}</button> <button name="cancel" value="yes">Cancel</button></form></main></html>`)
}

export function json(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

export async function readForm(request: http.IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return new URLSearchParams(text)
}
