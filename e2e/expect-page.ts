import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What axe calls serious or critical within `scope`, each with the elements concerned. */
async function seriousProblems(page: Page, scope?: string): Promise<string[]> {
  const builder = new AxeBuilder({ page });
  const { violations } = await (scope === undefined ? builder : builder.include(scope)).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

/**
 * Expects axe to find nothing serious within `scope` (a selector); without one in the open dialog, the page behind which is inert, and
 * in the whole page where none is open. It asks again while colours still fade into another theme, which a slow machine draws late.
 */
export async function expectAccessible(page: Page, scope?: string): Promise<void> {
  const where = scope ?? ((await page.locator('.modal').count()) > 0 ? '.modal' : undefined);
  await expect.poll(() => seriousProblems(page, where), { message: where ?? 'the whole page', timeout: 90_000 }).toEqual([]);
}

/** The same in the light and in the dark theme, which stays. */
export async function expectAccessibleInBothThemes(page: Page, scope?: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page, scope);
  }
}

/** Expects that neither the page nor the open dialog is wider than what holds it. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const excess = () =>
    page.evaluate(() => {
      const wider = (element: Element | null) => (element === null ? 0 : element.scrollWidth - element.clientWidth);
      return Math.max(...[document.documentElement, document.querySelector('.modal'), document.querySelector('main')].map(wider));
    });
  await expect.poll(excess).toBeLessThanOrEqual(0);
}
