/** What a route returns that writes to its connection itself. */
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

/**
 * Made when a server runs already, as by a second role in one process, the library's constant is one of its quick responses, which are written
 * out without a look at what they say, and end the process: nothing can be written twice. Once it was read, it is an ordinary one.
 */
export function answered(): Response {
  void RESPONSE_ALREADY_SENT.statusText;
  return RESPONSE_ALREADY_SENT;
}
