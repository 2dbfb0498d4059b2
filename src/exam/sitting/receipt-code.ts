/**
 * What the candidate sees after handing in and the invigilator finds in the record: 12 hexadecimal digits in groups, the beginning of the hash
 * that the seat's journal ended with.
 */
export function receiptCode(headHash: string): string {
  return (headHash.slice(0, 12).toUpperCase().match(/.{4}/g) ?? []).join(' ');
}
