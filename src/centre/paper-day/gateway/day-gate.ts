/** Who may sign in by FTP and SFTP: the accounts of sites, with the passwords and the brake of the console. */
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import type { Tree, TreeGate } from '../../../courier/gateway/tree.ts';
import { fillText } from '../../../ui/format.ts';
import { en } from '../../../ui/strings/en/index.ts';
import type { Centre } from '../../centre.ts';
import { MadeParcels } from './site-files.ts';
import { SiteTree } from './site-tree.ts';

export class DayGate implements TreeGate {
  readonly #centre: Centre;
  readonly #made = new MadeParcels();

  constructor(centre: Centre) {
    this.#centre = centre;
  }

  /** Refusals: those of signing in; `gateway-password-to-replace`, `gateway-folder-only-for-sites`. */
  async signIn(account: string, password: string, address: string): Promise<Result<Tree>> {
    const { accounts } = this.#centre.node;
    const signed = await accounts.signIn(account, password, { address, browser: '' });
    if (!signed.ok) return signed;
    // A gateway's connection is its own session: nothing else is opened by it.
    accounts.signOut(signed.value.token);
    const known = accounts.find(signed.value.user.account);
    if (!known || known.mustChangePassword) return refuse({ type: 'gateway-password-to-replace' });
    if (known.role !== 'site' || known.limit?.to !== 'site')
      return refuse({ type: 'gateway-folder-only-for-sites' });
    const signedIn = { account: known.account, mark: accounts.passwordMark(known.account) };
    return ok(new SiteTree(this.#centre, this.#made, signedIn, known.limit));
  }

  words(refusal: Refusal): string {
    const text = (en as Readonly<Record<string, string>>)[`refusal.${refusal.type}`];
    return text === undefined ? 'Refused.' : fillText(text.replace('|', ' '), refusal, 'en');
  }
}
