/** Archives of sites and their passwords, at the console. */
import { implement } from '@orpc/server';
import { signedIn, type OperationContext } from '../../../node/operations.ts';
import { unwrap } from '../../../node/refused.ts';
import type { Centre } from '../../centre.ts';
import { recordDayFetch, type DayFetch } from '../fetches.ts';
import type { OfSiteDay } from '../grants/give-out.ts';
import { siteArchiveContract } from './contract.ts';
import { releasePasswords } from './release-passwords.ts';
import { passwordOf, releasedPasswords, siteArchive } from './site-archive.ts';

export function siteArchiveOperations(centre: Centre) {
  const os = implement(siteArchiveContract).$context<OperationContext>();
  /** A site that signs in here takes for itself. */
  const record = (
    context: OperationContext,
    of: OfSiteDay,
    what: 'archive' | 'password',
    number: number,
    way: 'file' | 'digits',
  ): Promise<void> => {
    const user = signedIn(context);
    const taken: DayFetch['taken'] =
      user.role === 'site'
        ? { way: 'online', address: context.whence.address }
        : { way, by: context.account };
    return recordDayFetch(centre, { ...of, what, number, taken });
  };
  return os.router({
    release: os.release.handler(async ({ input, context }) =>
      unwrap(await releasePasswords(centre, input, input.pin, context.account)),
    ),
    password: os.password.handler(async ({ input, context }) => {
      const { projectId, eventId, siteCode } = input;
      const { fileName, password, revision } = unwrap(await passwordOf(centre, input));
      await record(context, { projectId, eventId, siteCode }, 'password', revision, 'digits');
      return { fileName, password };
    }),
    exportPasswords: os.exportPasswords.handler(async ({ input, context }) => {
      const { projectId, eventId } = input;
      const all = unwrap(await releasedPasswords(centre, input));
      const lines = all.map(
        ({ siteCode, fileName, password }) => `${siteCode}\t${fileName}\t${password}\r\n`,
      );
      const offered = await context.files.offer('passwords.txt', lines.join(''), context.account);
      for (const { siteCode, revision } of all)
        await record(context, { projectId, eventId, siteCode }, 'password', revision, 'file');
      return offered;
    }),
    download: os.download.handler(async ({ input, context }) => {
      const { projectId, eventId, siteCode } = input;
      const { row, fileName, from } = unwrap(await siteArchive(centre, input));
      const offered = await context.files.offer(fileName, { stream: await from(0) }, context.account);
      await record(context, { projectId, eventId, siteCode }, 'archive', row.revision, 'file');
      return offered;
    }),
  });
}
