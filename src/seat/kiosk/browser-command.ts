/**
 * How the browser is told to be the candidate's screen: one page, the whole screen, nothing of its own around it. What these flags prevent and
 * what only a managed policy does stands in `docs/manuals/seat.md`.
 * Chromium: https://peter.sh/experiments/chromium-command-line-switches; Edge: https://learn.microsoft.com/deployedge/microsoft-edge-configure-kiosk-mode.
 */

/** Also the mark by which the agent finds its browser again. */
export function profileArgument(profile: string): string {
  return `--user-data-dir=${profile}`;
}

/** @param address of the agent's own page. */
export function browserArguments(program: string, profile: string, address: string): string[] {
  const { hostname } = new URL(address);
  const edge = /edge/i.test(program);
  return [
    profileArgument(profile),
    '--no-first-run',
    '--no-default-browser-check',
    // Every other name and address leads nowhere, and no proxy can be asked instead.
    `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${hostname}`,
    '--no-proxy-server',
    '--disable-extensions',
    '--disable-component-extensions-with-background-pages',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-default-apps',
    '--disable-session-crashed-bubble',
    '--hide-crash-restore-bubble',
    '--disable-features=Translate,TranslateUI,DownloadBubble,MediaRouter,msEdgeSidebarV2',
    '--disable-pinch',
    '--overscroll-history-navigation=0',
    '--password-store=basic',
    '--noerrdialogs',
    // A machine that is busy must not be taken for a page that hangs.
    '--disable-hang-monitor',
    // Edge keeps to its own kind of kiosk; in the others an application's window has neither tabs nor an address to type.
    ...(edge
      ? ['--kiosk', address, '--edge-kiosk-type=fullscreen', '--kiosk-idle-timeout-minutes=0']
      : ['--kiosk', `--app=${address}`]),
  ];
}

/** What a fresh profile begins with: nothing is translated, filled in, corrected, kept for later or inspected. */
export const firstPreferences = {
  translate: { enabled: false },
  credentials_enable_service: false,
  profile: { password_manager_enabled: false },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  browser: { enable_spellchecking: false, has_seen_welcome_page: true },
  spellcheck: { dictionaries: [] },
  devtools: { availability: 2 },
  search: { suggest_enabled: false },
} as const;
