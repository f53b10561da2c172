# The namespaces of a fleet, taken over by import: the state is made as Terraform makes it.
terraform {
  required_providers {
    temporalcloud = {
      source = "temporalio/temporalcloud"
    }
  }
}

provider "temporalcloud" {}

variable "namespaces" {
  type = map(object({ cas = string, filters = list(string) }))
}

import {
  for_each = var.namespaces
  to       = temporalcloud_namespace.all[each.key]
  id       = "${each.key}.bench1"
}

resource "temporalcloud_namespace" "all" {
  for_each            = var.namespaces
  name                = each.key
  regions             = ["aws-eu-central-1"]
  retention_days      = 30
  accepted_client_ca  = each.value.cas
  certificate_filters = length(each.value.filters) == 0 ? null : [for name in each.value.filters : { common_name = name }]
}
