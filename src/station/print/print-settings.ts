/** What a print station remembers of its own: its printer, how the test print came out, and, of a reserve station, for which room it prints. */
import * as z from 'zod';
import { settingNames, type Station } from '../station.ts';

export const printerAddressSchema = z.discriminatedUnion('way', [
  z.object({
    way: z.literal('ipp'),
    url: z.string().trim().min(1).max(500),
    pin: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
  }),
  z.object({ way: z.literal('cups'), queue: z.string().min(1).max(200) }),
  z.object({ way: z.literal('windows'), name: z.string().min(1).max(300) }),
  z.object({ way: z.literal('folder'), path: z.string().trim().min(1).max(1_000) }),
]);

/** What the recognition made of a scanned test page. */
export const measuredSchema = z.object({
  fileName: z.string().max(300),
  /** Read, of four. */
  codes: z.number().int(),
  /** Corner squares found, of four. */
  squares: z.number().int(),
  /** Of what it should be, in per cent; null: it cannot be told. */
  across: z.number().nullable(),
  down: z.number().nullable(),
  good: z.boolean(),
  problem: z.looseObject({ type: z.string() }).nullable(),
});
export type Measured = z.infer<typeof measuredSchema>;

const printSettingsSchema = z.object({
  printer: z
    .object({
      address: printerAddressSchema,
      name: z.string().max(300),
      canTwoSided: z.boolean(),
      twoSided: z.boolean(),
    })
    .nullable(),
  test: z
    .object({
      printedAt: z.number().int(),
      /** The organiser's word; null: not said yet. */
      good: z.boolean().nullable(),
      words: z.string().max(400),
      measured: measuredSchema.nullable(),
    })
    .nullable(),
  room: z.string().nullable(),
});
export type PrintSettings = z.infer<typeof printSettingsSchema>;
export type ChosenPrinter = NonNullable<PrintSettings['printer']>;

const none: PrintSettings = { printer: null, test: null, room: null };

export function printSettings({ node }: Station): PrintSettings {
  return node.settings.read(settingNames.print, printSettingsSchema) ?? none;
}

export function changePrintSettings(station: Station, changes: Partial<PrintSettings>): void {
  station.node.settings.write(settingNames.print, { ...printSettings(station), ...changes });
  station.changed.notify();
}

/** For which kits are printed here; null: a reserve station that was not told yet. */
export function roomHere(station: Station): string | null {
  return station.settings()?.room ?? printSettings(station).room;
}
