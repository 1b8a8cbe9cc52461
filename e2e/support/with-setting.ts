import { env, type Env } from '@/lib/platform/env'

/** What happens while this process has another setting: a short wait is for those who are to wait in vain, not for all of a file. */
export async function withSetting<Name extends keyof Env, Result>(
  name: Name,
  value: Env[Name],
  act: () => Promise<Result>,
): Promise<Result> {
  const settings = env()
  const before = settings[name]
  settings[name] = value
  try {
    return await act()
  } finally {
    settings[name] = before
  }
}
