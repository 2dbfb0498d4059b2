import { implement } from '@orpc/server';
import { refuse, type Result } from '../../base/result.ts';
import { limitOf, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Centre } from '../centre.ts';
import { protocolContract } from './contract.ts';
import { handIn } from './hand-in.ts';
import { missingOfSite } from './missing-table.ts';
import { protocolTemplate, readProtocolFile } from './protocol-file.ts';
import { protocolEvents, protocolSites } from './protocol-lists.ts';
import { siteProtocols } from './site-protocols.ts';

export function protocolOperations(centre: Centre) {
  const os = implement(protocolContract).$context<OperationContext>();
  const offer = (context: OperationContext, made: Result<{ fileName: string; content: Uint8Array }>) => {
    const { fileName, content } = unwrap(made);
    return context.files.offer(fileName, content, context.account);
  };
  const upload = (context: OperationContext, id: string) => unwrap(context.files.take(id, context.account));
  return os.router({
    events: os.events.handler(({ input, context }) =>
      protocolEvents(centre, input.projectId, limitOf(context)),
    ),
    sites: os.sites.handler(async ({ input, context }) =>
      unwrap(await protocolSites(centre, input, limitOf(context))),
    ),
    site: os.site.handler(async ({ input }) => unwrap(await siteProtocols(centre, input))),
    exportMissing: os.exportMissing.handler(async ({ input, context }) =>
      offer(context, await missingOfSite(centre, input)),
    ),
    handIn: os.handIn.handler(async ({ input, context }) => {
      const { room, body } = input;
      return unwrap(await handIn(centre, input, [{ room, body }], { way: 'form', account: context.account }));
    }),
    template: os.template.handler(async ({ input, context }) =>
      offer(context, await protocolTemplate(centre, input)),
    ),
    preview: os.preview.handler(async ({ input, context }) =>
      unwrap(await readProtocolFile(centre, input, upload(context, input.uploadId))),
    ),
    handInFile: os.handInFile.handler(async ({ input, context }) => {
      const { rooms, errors } = unwrap(
        await readProtocolFile(centre, input, upload(context, input.uploadId)),
      );
      if (errors.length > 0) unwrap(refuse({ type: 'protocol-file-wrong', wrong: errors.length }));
      const done = unwrap(await handIn(centre, input, rooms, { way: 'file', account: context.account }));
      await context.files.discard(input.uploadId, context.account);
      return done;
    }),
  });
}
