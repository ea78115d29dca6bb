/** The door for servers on Node: mounts what `staff-passport/http` makes. */

export { type NodeHandler, toNodeHandler } from '../adapters/node/node-handler.js'
