/** The steps of a print station. */
import type { StationStep } from '../station-page.tsx';
import { FinishStep } from './finish-step.tsx';
import { PrinterStep } from './printer-step.tsx';
import { PrintStep } from './print-step.tsx';

const step = (id: string, page: StationStep['page']): StationStep => ({
  id,
  page,
  done: ({ stepsDone }) => stepsDone.includes(id),
});

/** Before the site admits it. */
export const printerSteps: readonly StationStep[] = [step('printer', PrinterStep)];
export const printSteps: readonly StationStep[] = [step('print', PrintStep), step('finishPrint', FinishStep)];
