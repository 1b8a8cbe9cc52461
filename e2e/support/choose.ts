import { expect, type Locator } from '@playwright/test'

/**
 * Presses a radio button or a switch where a person does, on its label: the control itself is a pixel that nobody sees, and
 * to force a press there may miss it while its dialog still moves.
 */
export async function choose(control: Locator): Promise<void> {
  await control.locator('xpath=ancestor::label').click()
  await expect(control).toBeChecked()
}
