/** Leads on who has signed in; or answers, in the reader's words, why that was not possible. */
export type OnSignedIn = () => void | Promise<string | void>
