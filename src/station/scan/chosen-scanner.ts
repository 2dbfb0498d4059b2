/** The scanner of a station, as it is chosen and kept. Browser-safe. */
import * as z from 'zod';

export const scannerAddressSchema = z.discriminatedUnion('way', [
  z.object({ way: z.literal('sane'), device: z.string().min(1).max(400) }),
  z.object({
    way: z.literal('escl'),
    url: z.string().trim().min(1).max(400),
    pin: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
  }),
  z.object({ way: z.literal('folder'), path: z.string().min(1).max(1_000) }),
]);

export const chosenScannerSchema = z.object({
  address: scannerAddressSchema,
  source: z.enum(['feeder', 'flatbed']),
  duplex: z.boolean(),
});
export type ChosenScanner = z.infer<typeof chosenScannerSchema>;
