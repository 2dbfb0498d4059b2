import * as z from 'zod';
import type { ScanEnd } from '../../hardware/scanner/port.ts';

export const scanEnds = ['empty', 'jam', 'double-feed', 'cover-open', 'cancelled', 'error'] as const;
// The port's own list: what it does not know is an error here.
export const scanEndSchema = z.enum(scanEnds satisfies readonly ScanEnd[]);
