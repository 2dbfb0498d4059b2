/** How long something lasted. */
export const lasted = (seconds: number): string => minutes(Math.round(seconds));

/** Minutes and seconds, as on a clock that counts down: the last second is shown until it is over. */
export function minutes(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds - 0.001));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
