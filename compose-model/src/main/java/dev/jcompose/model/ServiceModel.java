package dev.jcompose.model;

import org.jspecify.annotations.Nullable;

/**
 * A model that a service uses.
 *
 * @param endpointVar variable for the URL
 * @param modelVar variable for the model's name
 */
public record ServiceModel(
        @Nullable String endpointVar, @Nullable String modelVar) {}
