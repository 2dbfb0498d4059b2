/** How the seat's program has come onto its computer, for an order to take it away: what does so is part of the command line. */
import { refuse, type Result } from '../../base/result.ts';

export interface OwnInstallation {
  /** Refusals `seat-not-installed`, `uninstall-needs-administrator`: nothing is touched. */
  mayGo(): Promise<Result<void>>;
  /** It does not start any more, its program goes where an installer has laid it, and this process ends. Data stay. */
  go(): Promise<Result<void>>;
}

/** Started by another program, which knows nothing of an installation. */
export const notInstalled: OwnInstallation = {
  mayGo: () => Promise.resolve(refuse({ type: 'seat-not-installed' })),
  go: () => Promise.resolve(refuse({ type: 'seat-not-installed' })),
};
