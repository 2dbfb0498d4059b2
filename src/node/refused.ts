export { Refused, unwrap } from '../base/refused.ts';
