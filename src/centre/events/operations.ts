/** The console's operations on events and the register of their forms. */
import { rm } from 'node:fs/promises';
import { implement } from '@orpc/server';
import { limitOf, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Centre } from '../centre.ts';
import { eventContract, type PlanSource } from './contract.ts';
import { eventOf } from './event-row.ts';
import { eventViews, removeEvent, saveEvent } from './events.ts';
import { registerCsv, registerXlsx } from './export-register.ts';
import { lookUpNumber } from './look-up-number.ts';
import { importRegister, readImport } from './import-register.ts';
import { makePlan, planView } from './plan.ts';
import { legalName, printForms } from './print-forms.ts';
import { registerRooms, registerSites } from './register-view.ts';
import { drawingOf, saveTemplates, specimenOf } from './templates.ts';

export function eventOperations(centre: Centre) {
  const os = implement(eventContract).$context<OperationContext>();
  const { growth } = centre;
  const event = async ({ projectId, eventId }: { projectId: string; eventId: string }) =>
    unwrap(await eventOf(centre.db, projectId, eventId));
  const upload = (context: OperationContext, id: string) => unwrap(context.files.take(id, context.account));
  const plan = async (
    input: { projectId: string; eventId: string; source: PlanSource },
    context: OperationContext,
  ) => {
    const { source } = input;
    const of = await event(input);
    const file = source.from === 'file' ? upload(context, source.uploadId) : null;
    return { of, plan: unwrap(await makePlan(centre, of, source, file)) };
  };
  return os.router({
    list: os.list.handler(({ input, context }) => eventViews(centre, input.projectId, limitOf(context))),
    save: os.save.handler(async ({ input, context }) =>
      unwrap(await saveEvent(centre, input.projectId, input.eventId, input.event, context.account)),
    ),
    remove: os.remove.handler(async ({ input, context }) => {
      unwrap(await removeEvent(centre, input.projectId, input.eventId, context.account));
      return {};
    }),
    sites: os.sites.handler(({ input, context }) => registerSites(centre, input, limitOf(context))),
    rooms: os.rooms.handler(({ input }) => registerRooms(centre, input)),
    find: os.find.handler(async ({ input, context }) =>
      unwrap(await lookUpNumber(centre, input.projectId, input.number, limitOf(context))),
    ),
    plan: os.plan.handler(async ({ input, context }) => {
      const made = await plan(input, context);
      return planView(made.of, made.plan);
    }),
    generate: os.generate.handler(async ({ input, context }) => {
      const made = await plan(input, context);
      unwrap(await growth.begin(made.of, made.plan, input.addSites, context.account));
      return {};
    }),
    goOn: os.goOn.handler(async ({ input }) => {
      await event(input);
      unwrap(await growth.goOn(input.eventId));
      return {};
    }),
    readImport: os.readImport.handler(async ({ input, context }) =>
      unwrap(await readImport(centre, await event(input), upload(context, input.uploadId), input)),
    ),
    import: os.import.handler(async ({ input, context }) => {
      const file = upload(context, input.uploadId);
      const made = unwrap(await importRegister(centre, await event(input), file, input, context.account));
      await context.files.discard(input.uploadId, context.account);
      return made;
    }),
    export: os.export.handler(async ({ input, context }) => {
      const of = await event(input);
      const wish = { language: input.language, limit: limitOf(context) };
      const fileName = `${legalName(of.code)}.${input.format}`;
      return input.format === 'csv'
        ? context.files.offer(fileName, { stream: registerCsv(centre, of, wish) }, context.account)
        : context.files.offer(fileName, unwrap(await registerXlsx(centre, of, wish)), context.account);
    }),
    drawing: os.drawing.handler(async ({ input }) => drawingOf(await event(input), input.language)),
    specimen: os.specimen.handler(async ({ input, context }) => {
      const of = await event(input);
      const content = await specimenOf(of, input.language, centre.node.clock.now());
      return context.files.offer(`${legalName(of.code)}_specimen.pdf`, content, context.account);
    }),
    saveTemplates: os.saveTemplates.handler(async ({ input, context }) => {
      const file = input.uploadId === null ? null : upload(context, input.uploadId);
      unwrap(await saveTemplates(centre, input.projectId, input.eventId, file, context.account));
      return {};
    }),
    print: os.print.handler(async ({ input, context }) => {
      const printed = unwrap(await printForms(centre, await event(input), input, context.account));
      if ('content' in printed)
        return context.files.offer(printed.fileName, printed.content, context.account);
      try {
        return await context.files.offer(printed.fileName, { file: printed.file }, context.account);
      } finally {
        await rm(printed.file, { force: true });
      }
    }),
  });
}
