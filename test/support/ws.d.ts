/** The package has no types of its own; it is the browser's class for Node. */
declare module "ws" {
  const WebSocket: typeof globalThis.WebSocket;
  export default WebSocket;
}
