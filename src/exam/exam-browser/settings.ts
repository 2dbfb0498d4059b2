/**
 * Settings of Safe Exam Browser (SEB) that make a seat a kiosk: https://safeexambrowser.org, "SEB Configuration Setting Keys".
 * Their names and numbers are SEB's own. Whoever changes one changes the Config Key, and with it every seat's file.
 */

export type SebValue =
  | boolean
  | number
  | string
  | Uint8Array
  | readonly SebValue[]
  | { readonly [key: string]: SebValue };
export type SebSettings = Readonly<Record<string, SebValue>>;

export interface KioskWishes {
  /** Port of the seat agent's screen on each candidate's computer. */
  readonly seatPort: number;
  /** SHA-256 of the password in UTF-8, lower-case hexadecimal: so SEB compares it. */
  readonly quitPasswordHash: string;
  /** 32 bytes: without them the Browser Exam Key of an SEB version could be worked out from the file alone. */
  readonly examKeySalt: Uint8Array;
}

/** Where SEB starts: only the agent of its own computer. */
export function startUrl(seatPort: number): string {
  return `http://127.0.0.1:${seatPort}/`;
}

const closedKeys = [
  'enableAltEsc',
  'enableAltF4',
  'enableAltTab',
  'enableCtrlEsc',
  'enableEsc',
  'enableStartMenu',
  'enablePrintScreen',
  'enableRightMouse',
  ...Array.from({ length: 12 }, (_, i) => `enableF${i + 1}`),
];

/** What a candidate could leave the exam by, or bring something in or out by. */
const closed = [
  ...closedKeys,
  'allowApplicationLog',
  'allowBrowsingBackForward',
  'allowDeveloperConsole',
  'allowDictation',
  'allowDictionaryLookup',
  'allowDisplayMirroring',
  'allowDownloads',
  // Of versions that do not tell downloads and uploads apart: there, neither.
  'allowDownUploads',
  'allowFind',
  'allowPreferencesWindow',
  'allowPrint',
  'allowScreenSharing',
  'allowSiri',
  'allowSpellCheck',
  'allowSwitchToApplications',
  'allowUserSwitching',
  'allowVideoCapture',
  'allowVirtualMachine',
  'allowWlan',
  'browserMediaCaptureCamera',
  'browserWindowAllowAddressBar',
  'downloadAndOpenSebConfig',
  'downloadPDFFiles',
  'examSessionReconfigureAllow',
  'newBrowserWindowAllowAddressBar',
  'showTime',
  // Its links are filtered; the page's own content policy keeps everything else out, and this would force an engine that sends no keys.
  'URLFilterEnableContentFilter',
];

const open = [
  // Only with the quit password.
  'allowQuit',
  'allowAudioCapture',
  'allowUploads',
  'audioControlEnabled',
  'browserMediaCaptureMicrophone',
  'browserWindowAllowReload',
  'createNewDesktop',
  'enablePrivateClipboard',
  'enableSebBrowser',
  'enableZoomPage',
  'examSessionClearCookiesOnEnd',
  'examSessionClearCookiesOnStart',
  'ignoreExitKeys',
  // Config Key and Browser Exam Key with every request.
  'sendBrowserExamKey',
  'showInputLanguage',
  'showReloadButton',
  'showReloadWarning',
  'showTaskBar',
  'URLFilterEnable',
];

export function kioskSettings({ seatPort, quitPasswordHash, examKeySalt }: KioskWishes): SebSettings {
  const all = (names: readonly string[], value: boolean): [string, boolean][] =>
    names.map((name) => [name, value]);
  return {
    ...Object.fromEntries([...all(closed, false), ...all(open, true)]),
    allowedDisplaysMaxNumber: 1,
    // Full screen.
    browserViewMode: 1,
    // Where the modern engine can send no headers, the keys are asked for by the page (JavaScript API).
    browserWindowWebView: 3,
    // One of its own.
    clipboardPolicy: 2,
    examKeySalt,
    hashedQuitPassword: quitPasswordHash,
    // No further window.
    newBrowserWindowByLinkPolicy: 0,
    // An exam, not the settings of a computer.
    sebConfigPurpose: 0,
    startURL: startUrl(seatPort),
    URLFilterRules: [{ action: 1, active: true, expression: `127.0.0.1:${seatPort}/*`, regex: false }],
  };
}
