/** ISO 7064, MOD 11,10: finds every single wrong digit and nearly every swap of neighbours. @param digits without the check digit */
export function checkDigit(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return String((11 - product) % 10);
}
