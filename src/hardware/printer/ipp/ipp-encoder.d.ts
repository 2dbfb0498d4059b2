declare module 'ipp-encoder' {
  export interface Message {
    readonly operationId?: number;
    readonly statusCode?: number;
    readonly requestId: number;
    readonly groups: readonly {
      readonly tag: number;
      readonly attributes: readonly {
        readonly tag: number;
        readonly name: string;
        readonly value: unknown;
      }[];
    }[];
  }
  export const request: {
    decode: ((bytes: Buffer) => Message & { operationId: number }) & { bytes: number };
  };
  export const response: { encode(message: Message): Buffer };
  const ipp: { readonly request: typeof request; readonly response: typeof response };
  export default ipp;
}
