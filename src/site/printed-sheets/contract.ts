/** The console's part of what is printed before the exam day. */
import * as z from 'zod';
import { code, downloadSchema, operation } from '../../node/contract.ts';

const input = z.object({
  /** null: all rooms, one after the other. */
  roomCode: code.nullable(),
  language: z.enum(['en', 'zh', 'ru']),
});

export const printedSheetsContract = {
  /** Door sheets and seat tables (门贴座次表) as one PDF. */
  doorAndSeats: operation('administrator').input(input).output(downloadSchema),
  /** Admission tickets (准考证) as one PDF. */
  tickets: operation('administrator').input(input).output(downloadSchema),
};
